"""Networks that look at crops of faces: pictures in, one log odds of FAKE for each.

All take red, green and blue from 0 to 1 and normalise them themselves, so that training and use
cannot differ in it.
"""
