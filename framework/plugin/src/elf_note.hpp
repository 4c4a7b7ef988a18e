#pragma once

#include "byte_source.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// Finds a note's content in an ELF shared library of this machine's kind, and makes sure that the file is whole: what any segment or
/// section promises is there, since a loader that maps more than there is dies. Throws refusal (plugin-file). Nothing where the library
/// has no such note.
std::optional<std::vector<std::byte>> find_elf_note(const byte_source& file, std::string_view name, std::uint32_t type);

}  // namespace azoth::detail
