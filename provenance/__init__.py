"""Who published this, when, at what address; is it quoted rightly; is the archived copy untouched?"""

__version__ = "0.1.0"
