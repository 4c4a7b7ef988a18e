#pragma once

#include "library.hpp"

#include <istream>
#include <memory>
#include <span>
#include <vector>

namespace azoth::mysql::connector {

/// The parameters of one run of a library's prepared statement; what it points to has to stay until it has run.
class binding {
public:
    /// Throws data_error for what no server can keep or this one does not take (bytes in a value: at most `most`), lib::SQLException.
    void bind(lib::PreparedStatement& to, std::span<const cell> values, std::uint64_t most);
    /// Forgets them.
    void clear() noexcept { streams_.clear(); }

private:
    void bind_one(lib::PreparedStatement& to, unsigned at, const cell& value);
    void bind_bytes(lib::PreparedStatement& to, unsigned at, std::string_view bytes);

    std::vector<std::unique_ptr<std::istream>> streams_{};
};

}  // namespace azoth::mysql::connector
