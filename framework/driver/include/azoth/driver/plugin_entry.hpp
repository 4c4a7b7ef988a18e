#pragma once

#include <azoth/base/export.hpp>
#include <azoth/driver/dialect.hpp>
#include <azoth/driver/plugin_note.hpp>

#include <memory>
#include <vector>

namespace azoth {

/// One (dialect, driver) pair that a plugin offers.
using dialect_factory = std::unique_ptr<dialect> (*)();

}  // namespace azoth

/// Stands once in a plugin, at file scope: writes the note that the registry reads before it loads the file, and the entry.
///
///     AZOTH_PLUGIN("sqlite", "1.0.0", "sqlite3", "", "SQLite", make_sqlite)
///
/// `dialect` and `driver`: the pair it offers. `version`: the plugin's own. `aliases`: further scheme names, with blanks between.
/// `client_library`: what it loads, for people. `factory`: a function `std::unique_ptr<azoth::dialect>()`.
#define AZOTH_PLUGIN(dialect_name, driver_name, plugin_version, scheme_aliases, client_library_name, factory_function)             \
    AZOTH_PLUGIN_NOTE(dialect_name, driver_name, plugin_version, scheme_aliases, client_library_name)                              \
    extern "C" AZOTH_API std::unique_ptr<::azoth::dialect> azoth_plugin_entry();                                                   \
    extern "C" std::unique_ptr<::azoth::dialect> azoth_plugin_entry() { return factory_function(); }
