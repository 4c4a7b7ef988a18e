#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Debian's own record of what is installed: /var/lib/dpkg/status, in the format of deb-control(5).

namespace dpkg {

/// "libc6 (>= 2.34)" is {"libc6", ">= 2.34"}.
struct alternative {
    std::string name{};
    std::optional<std::string> versions{};
};

/// What any one of the alternatives meets.
using requirement = std::vector<alternative>;

struct package {
    std::string name{};
    std::string architecture{};
    std::string version{};
    std::string section{};  ///< empty where there is none
    std::string maintainer_name{};
    std::string maintainer_email{};  ///< empty where there is none
    std::string summary{};
    std::optional<std::int64_t> installed_kib{};
    std::vector<requirement> depends{};
    std::vector<requirement> pre_depends{};
    std::vector<std::string> provides{};
};

/// "a (>= 1), b | c:any [amd64]": commas mean and, bars mean or. Architectures are dropped: what is installed fits already.
std::vector<requirement> parse_requirements(std::string_view field);

/// The packages that are installed, in the file's order. Throws std::runtime_error that names the line where the file is no status file.
std::vector<package> read_status(std::istream& in);

}  // namespace dpkg
