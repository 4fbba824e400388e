"""From the files of an archive to the values of the model."""
