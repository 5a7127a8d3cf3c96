"""Line-by-line widgets: what is drawn, without deciding what a key does."""
