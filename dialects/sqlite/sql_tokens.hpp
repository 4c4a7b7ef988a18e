#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::sqlite {

enum class token_kind : std::uint8_t {
    end,
    word,     ///< a keyword or a name without quotes
    quoted,   ///< a name in "", [] or ``
    string,   ///< 'text', which SQLite takes for a name where it needs one
    literal,  ///< a number or a blob
    sign,     ///< one character of anything else
};

struct token {
    token_kind kind{token_kind::end};
    std::string_view text{};  ///< as it stands in the SQL
};

/// Reads SQL by its tokens, comments and blanks left out. Takes any text: what is not closed ends with the text. Views point into the
/// text, which has to stay.
class token_reader {
public:
    explicit token_reader(std::string_view sql);

    [[nodiscard]] const token& peek(std::size_t ahead = 0) const noexcept;
    [[nodiscard]] bool at_end() const noexcept { return peek().kind == token_kind::end; }
    /// Whether this is the keyword, which is no name in quotes.
    [[nodiscard]] bool at(std::string_view word, std::size_t ahead = 0) const noexcept;
    [[nodiscard]] bool at_sign(char sign, std::size_t ahead = 0) const noexcept;
    [[nodiscard]] bool at_name() const noexcept;

    bool take(std::string_view word) noexcept;
    bool take_sign(char sign) noexcept;
    /// A name without its quotes; empty, and nothing taken, where there is none.
    std::string take_name();
    /// What stands between the parentheses that start here, without comments around it; empty where none do.
    std::string_view take_group() noexcept;
    /// Past a token, or past all of a pair of parentheses.
    void skip() noexcept;

    [[nodiscard]] std::size_t position() const noexcept { return at_; }
    /// The text of the tokens [from, to), with what stands between them.
    [[nodiscard]] std::string_view slice(std::size_t from, std::size_t to) const noexcept;
    [[nodiscard]] std::string_view rest() const noexcept { return slice(at_, tokens_.size()); }

private:
    std::vector<token> tokens_{};
    std::size_t at_{};
};

/// A name or text without its quotes.
std::string unquoted(const token& of);
/// SQL without blanks and comments around it, of which a trailing one would swallow what is written behind.
std::string_view bare_sql(std::string_view sql);
/// The same without parentheses around all of it.
std::string_view without_parentheses(std::string_view sql);

}  // namespace azoth::sqlite
