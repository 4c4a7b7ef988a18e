// text(): whatever SQL says, what is no bind goes to the database as it came.
#include <azoth/base/error.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/text.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_word_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// The pieces with their binds' names between are the text again, but for the backslashes before colons.
void check_pieces(std::string_view sql, const azoth::text_node& n) {
    require(n.pieces.size() == n.binds.size() + 1);
    std::string again;
    for (std::size_t i = 0; i < n.pieces.size(); ++i) {
        again += n.pieces[i];
        if (i == n.binds.size()) break;
        const std::string& name = static_cast<const azoth::bind_node&>(*n.binds[i]).name;
        require(!name.empty() && is_word_start(name.front()));
        again += ":" + name;
    }
    std::size_t at = 0;
    for (const char c : again) {
        if (at < sql.size() && sql[at] == '\\' && c == ':') ++at;
        require(at < sql.size() && sql[at] == c);
        ++at;
    }
    require(at == sql.size());
}

void check_binding(std::string_view sql, const azoth::text_node& n) {
    auto statement = azoth::text(sql);
    for (const auto& b : n.binds) {
        const std::string& name = static_cast<const azoth::bind_node&>(*b).name;
        try {
            statement = statement.bind(name, "it's :" + name);
        } catch (const azoth::programming_error&) {
            // bound at its first place already
        }
    }
    azoth::profile server;
    const auto compiled = azoth::compiler{azoth::ansi_sql_rules(), server}.run(*statement.node());
    require(compiled.parameters.size() == n.binds.size());
    std::string pieces;
    for (const auto& p : n.pieces) pieces += p;
    require(compiled.sql.size() == pieces.size() + n.binds.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view sql{reinterpret_cast<const char*>(data), size};
    try {
        const auto node = azoth::detail::parse_text(sql);
        check_pieces(sql, *node);
        check_binding(sql, *node);
    } catch (const azoth::programming_error&) {
        // a quote without its end
    }
    return 0;
}
