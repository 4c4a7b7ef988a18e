#pragma once

#include "note_reader.hpp"
#include "permissions.hpp"

#include <azoth/driver/plugin_entry.hpp>
#include <azoth/plugin/registry.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

enum class standing : unsigned char {
    usable,
    refused,
    conflicting,  ///< another file of the same step claims its pair
    hidden,       ///< an earlier step offers its pair
};

/// A plugin that a search came upon.
struct found_plugin {
    plugin_candidate facts{};
    standing state{standing::usable};
    std::string dialect{};  ///< from the note; where that cannot be read, from the file's name; may be empty
    std::string driver{};
    std::string identity{};  ///< the same for one plugin however it is found
    std::size_t step{};
    dialect_factory linked_in{};  ///< of a dialect registered in code

    [[nodiscard]] std::string pair() const { return dialect + "+" + driver; }
    /// For messages: the path, or that there is none.
    [[nodiscard]] std::string where() const { return facts.path.empty() ? "the program itself" : facts.path.string(); }
};

struct search_step {
    std::string name{};  ///< "AZOTH_PLUGIN_PATH", "beside libazoth" ...
    std::filesystem::path place{};
    std::string remark{};  ///< why it gives nothing; empty: it was looked at
};

/// What a search found, in search order, with its conflicts settled.
struct survey {
    std::vector<search_step> steps{};
    std::vector<found_plugin> plugins{};
};

struct static_plugin {
    plugin_metadata metadata{};
    dialect_factory factory{};
};

struct search_request {
    const std::vector<static_plugin>& linked_in;
    const std::vector<std::filesystem::path>& files;
    const std::vector<std::filesystem::path>& folders;
    account who;
    spi_number framework{};
};

/// Looks everywhere, loads nothing.
survey search(const search_request& request);

}  // namespace azoth::detail
