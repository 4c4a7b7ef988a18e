// A shared library that is no plugin.
extern "C" __attribute__((visibility("default"))) int azoth_plugin_entry();
extern "C" int azoth_plugin_entry() { return 1; }
