#pragma once

#include <cstdint>

namespace azoth {

/// The version of the interface between the framework and its dialects: everything that <azoth/dialect.hpp> shows.
///
/// A plugin of another major version is refused. One of an older minor version loads and works; one of a newer is refused, since it may
/// count on what this framework lacks. So a minor version only adds what a plugin that was compiled before cannot run into:
///
/// - functions and classes of libazoth's that plugins may use, and node kinds, for which a plugin that does not know them has no rule;
/// - an interface that a plugin's class may implement besides, and that the framework finds by dynamic_cast. Never a virtual function: a
///   class's table of functions is as long as it was when the plugin was compiled, whatever defaults its base has got since;
/// - a claim in a spare place of profile, capabilities or schema_capabilities. Plugins hold these, so that they cannot grow;
/// - a field at the end of a struct that plugins are handed and only read (connect_args, reflection_request), an enumerator that plugins
///   only hand in (errc), or that reaches those alone which claim what it belongs to.
///
/// All else is a major version: see "Versions" in framework/docs/plugins.md.
inline constexpr std::uint16_t spi_major = 5;
inline constexpr std::uint16_t spi_minor = 0;

}  // namespace azoth
