"""The pure steps from an uploaded film to a watchable, captioned one.

Every step takes paths and options and gives back a path or a value. No step knows Django or a
database. Times are seconds (float), sizes are bytes. A step that refuses its input raises
``ground.refusals.Refused`` with a sentence for the author; a step whose machinery breaks raises
``failures.StepFailed`` with a sentence for whoever runs the site.
"""
