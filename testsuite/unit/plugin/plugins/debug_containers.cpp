// Built with containers of another layout than libazoth's: nothing of it may ever run.
#define _GLIBCXX_DEBUG
#include <azoth/driver/plugin_entry.hpp>

namespace {
std::unique_ptr<azoth::dialect> make() { return nullptr; }
}  // namespace

AZOTH_PLUGIN(make, .dialect = "alchemy", .driver = "lead", .version = "1.0.0")
