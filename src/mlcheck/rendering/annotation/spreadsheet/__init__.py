"""Marks in workbooks: cells coloured and commented, a first sheet that lists what was found."""
