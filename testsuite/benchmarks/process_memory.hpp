#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace bench {

/// Kibibytes: "VmRSS", what is in memory now; "VmHWM", the most there ever was.
inline std::int64_t process_memory(const std::string& field) {
    std::ifstream in{"/proc/self/status"};
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(field + ":")) return std::stoll(line.substr(field.size() + 1));
    return 0;
}

inline void reset_peak() { std::ofstream{"/proc/self/clear_refs"} << "5"; }  // proc(5)

}  // namespace bench
