"""Node's packages are no tests of ours."""

collect_ignore = ["node_modules"]
