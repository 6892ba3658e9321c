"""The circle: a few people who practise together in a channel, and what Pacer shows them there."""
