// Says that it is a plugin, and has no way in.
#include <azoth/driver/plugin_entry.hpp>

AZOTH_PLUGIN_NOTE(.dialect = "closed", .driver = "door", .version = "1.0.0", .is_default_driver = true)
