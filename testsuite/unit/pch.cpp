// Nothing: the target that compiles this makes the precompiled catch.hpp that all test programs share.
