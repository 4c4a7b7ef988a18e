#pragma once

#include <azoth/base/export.hpp>
#include <azoth/driver/dialect.hpp>
#include <azoth/driver/plugin_note.hpp>

#include <memory>

namespace azoth {

/// Makes the dialect of a plugin. May throw: the registry tells the reason.
using dialect_factory = std::unique_ptr<dialect> (*)();

}  // namespace azoth

/// Stands once in a plugin, at file scope: writes the note that the registry reads before it loads the file, and the entry.
///
///     AZOTH_PLUGIN(make_sqlite, .dialect = "sqlite", .driver = "sqlite3", .version = "1.0.0", .client_library = "SQLite",
///                  .is_default_driver = true)
///
/// First the factory, a function `std::unique_ptr<azoth::dialect>()`; then the fields of azoth::plugin_identity, in their order.
#define AZOTH_PLUGIN(factory_function, ...)                                           \
    AZOTH_PLUGIN_NOTE(__VA_ARGS__)                                                    \
    extern "C" AZOTH_API void azoth_plugin_entry(std::unique_ptr<::azoth::dialect>&); \
    extern "C" void azoth_plugin_entry(std::unique_ptr<::azoth::dialect>& out) { out = factory_function(); }
