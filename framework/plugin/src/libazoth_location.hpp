#pragma once

#include <filesystem>

namespace azoth::detail {

/// The folder of the file that holds this code, libazoth or the program; empty where the system does not tell it for certain.
std::filesystem::path libazoth_folder();

}  // namespace azoth::detail
