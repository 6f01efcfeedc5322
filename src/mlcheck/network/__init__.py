"""Many reports: chunks of files checked on several cores or on a cluster, and what need not be checked again."""
