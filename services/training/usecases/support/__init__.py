"""The support work, one file per use case, named by its verb: lock -> gates -> decide -> write -> emit."""
