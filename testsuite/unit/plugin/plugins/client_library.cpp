// The client library of a database; it is not installed where programs look.
extern "C" __attribute__((visibility("default"))) int azoth_test_client_version();
extern "C" int azoth_test_client_version() { return 4; }
