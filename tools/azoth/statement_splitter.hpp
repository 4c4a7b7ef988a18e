#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azoth::command {

/// How a database's SQL quotes what is no word, as far as it matters to where a statement ends.
struct quoting {
    bool backslashes{};      ///< \' does not end a text (MySQL, MariaDB)
    bool backticks{};        ///< `name`
    bool brackets{};         ///< [name] (SQLite)
    bool dollars{};          ///< $tag$ text $tag$ (PostgreSQL)
    bool nested_comments{};  ///< /* /* */ */ (PostgreSQL)
    bool hash_comments{};    ///< # to the end of the line (MySQL, MariaDB)
    bool triggers{};         ///< CREATE TRIGGER ... BEGIN ...; END is one statement (SQLite)
};

/// What the dialect does; an unknown one is taken for standard SQL.
quoting quoting_of(std::string_view family);

/// Cuts a script into statements at the semicolons outside quotes and comments. Fed piece by piece.
class statement_splitter {
public:
    explicit statement_splitter(quoting rules) noexcept : rules_{rules} {}

    void feed(std::string_view text) { text_ += text; }
    /// The next whole statement, without its semicolon and the blanks around it; empty ones are passed over. Nothing where more has to be
    /// fed.
    std::optional<std::string> next();
    /// What is left once all has been fed: a statement without a semicolon. Empty where only blanks and comments are left.
    std::string rest();
    /// Whether a statement has begun.
    [[nodiscard]] bool is_inside() const;
    void clear() noexcept {
        text_.clear();
        scanned_ = 0;
    }

private:
    /// The place behind the token that begins at `at`; npos where it is not whole yet.
    [[nodiscard]] std::size_t behind(std::size_t at) const;
    [[nodiscard]] std::size_t behind_dollars(std::size_t at) const;
    [[nodiscard]] std::size_t behind_comment(std::size_t at) const;
    [[nodiscard]] bool ends_statement(std::size_t semicolon) const;

    quoting rules_;
    std::string text_{};
    std::size_t scanned_{};  ///< up to here there is no end
};

/// The first word, in capitals: "SELECT". Comments before it do not count.
std::string first_word(std::string_view sql);

}  // namespace azoth::command
