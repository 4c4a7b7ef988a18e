#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::command {

/// A file of a template: its path in the project, and its text, with @words@ to be replaced.
struct template_file {
    std::string_view path;
    std::string_view text;
};
/// All of them, by the folder of templates/ in front of their paths. Made by CMake from the files there.
std::span<const template_file> template_files();

/// What `azoth new-dialect` writes.
struct dialect_project {
    std::string name{};
    std::string driver{};  ///< empty: the base's, or "native"
    std::string like{"ansi"};
    bool is_default_driver{true};  ///< a URL without a driver means this one
};

/// The project's files, their words replaced. Throws interface_error for a name that no dialect can have.
struct project_file {
    std::filesystem::path path;
    std::string text;
    bool is_program{};
};
std::vector<project_file> files_of(const dialect_project& wanted);

/// Writes them into a folder that is not there yet, or is empty. Throws operational_error where that cannot be.
void write_project(const std::filesystem::path& folder, std::span<const project_file> files);

}  // namespace azoth::command
