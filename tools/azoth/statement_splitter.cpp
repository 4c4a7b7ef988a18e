#include "statement_splitter.hpp"

#include <algorithm>
#include <cctype>

namespace azoth::command {
namespace {

constexpr std::size_t npos = std::string::npos;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

std::string upper(std::string_view word) {
    std::string text{word};
    std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    return text;
}

/// Behind blanks and comments of two dashes or stars.
std::size_t skip_blanks(std::string_view sql, std::size_t at = 0) {
    while (at < sql.size()) {
        if (is_blank(sql[at])) ++at;
        else if (sql.substr(at, 2) == "--") at = std::min(sql.find('\n', at), sql.size());
        else if (sql.substr(at, 2) == "/*") {
            const std::size_t end = sql.find("*/", at + 2);
            at = end == npos ? sql.size() : end + 2;
        } else break;
    }
    return at;
}

std::string_view trimmed(std::string_view sql) {
    while (!sql.empty() && is_blank(sql.front())) sql.remove_prefix(1);
    while (!sql.empty() && is_blank(sql.back())) sql.remove_suffix(1);
    return sql;
}

/// The words of a statement, in capitals, outside quotes as far as triggers need it.
template <class Take>
void each_word(std::string_view sql, Take take) {
    for (std::size_t at = 0; at < sql.size();) {
        if (sql[at] == '\'' || sql[at] == '"') at = std::min(sql.find(sql[at], at + 1), sql.size() - 1) + 1;
        else if (sql.substr(at, 2) == "--" || sql.substr(at, 2) == "/*") at = skip_blanks(sql, at);
        else if (is_word(sql[at])) {
            const std::size_t from = at;
            while (at < sql.size() && is_word(sql[at])) ++at;
            take(upper(sql.substr(from, at - from)));
        } else ++at;
    }
}

}  // namespace

quoting quoting_of(std::string_view dialect) {
    quoting q;
    if (dialect == "mysql" || dialect == "mariadb") q.backslashes = q.backticks = q.hash_comments = true;
    if (dialect == "sqlite") q.backticks = q.brackets = q.triggers = true;
    if (dialect == "postgresql") q.dollars = q.nested_comments = true;
    return q;
}

std::string first_word(std::string_view sql) {
    const std::size_t from = skip_blanks(sql);
    std::size_t to = from;
    while (to < sql.size() && is_word(sql[to])) ++to;
    return upper(sql.substr(from, to - from));
}

std::size_t statement_splitter::behind_dollars(std::size_t at) const {
    std::size_t tag_end = at + 1;
    while (tag_end < text_.size() && is_word(text_[tag_end])) ++tag_end;
    if (tag_end == text_.size()) return npos;
    const bool is_number = std::isdigit(static_cast<unsigned char>(text_[at + 1])) != 0;
    if (text_[tag_end] != '$' || is_number || (at > 0 && is_word(text_[at - 1]))) return at + 1;
    const std::string tag = text_.substr(at, tag_end - at + 1);
    const std::size_t end = text_.find(tag, tag_end + 1);
    return end == npos ? npos : end + tag.size();
}

std::size_t statement_splitter::behind_comment(std::size_t at) const {
    int depth = 1;
    for (at += 2; depth > 0;) {
        const std::size_t end = text_.find("*/", at);
        if (end == npos) return npos;
        const std::size_t inner = rules_.nested_comments ? text_.find("/*", at) : npos;
        depth += inner < end ? 1 : -1;
        at = std::min(inner, end) + 2;
    }
    return at;
}

std::size_t statement_splitter::behind(std::size_t at) const {
    const char c = text_[at];
    const std::string_view two = std::string_view{text_}.substr(at, 2);
    const auto line_end = [&] { return text_.find('\n', at); };
    const bool is_pair_open = (c == '-' || c == '/') && two.size() == 1;
    if (is_pair_open) return npos;
    if (two == "--" || (c == '#' && rules_.hash_comments)) return line_end();
    if (two == "/*") return behind_comment(at);
    if (c == '$' && rules_.dollars) return behind_dollars(at);
    if (c == '[' && rules_.brackets) {
        const std::size_t end = text_.find(']', at);
        return end == npos ? npos : end + 1;
    }
    if (c != '\'' && c != '"' && !(c == '`' && rules_.backticks)) return at + 1;
    // PostgreSQL's E'...' takes backslashes too.
    const bool is_escaping =
        c == '\'' && at > 0 && (text_[at - 1] == 'E' || text_[at - 1] == 'e') && rules_.dollars && (at < 2 || !is_word(text_[at - 2]));
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
        if (text_[i] == '\\' && c != '`' && (rules_.backslashes || is_escaping)) ++i;
        else if (text_[i] == c) return i + 1;  // a doubled one begins another text
    }
    return npos;
}

bool statement_splitter::ends_statement(std::size_t semicolon) const {
    if (!rules_.triggers) return true;
    int open = 0;
    int words = 0;
    bool is_trigger = false;
    each_word(std::string_view{text_}.substr(0, semicolon), [&](const std::string& word) {
        ++words;
        if (words == 1 && word != "CREATE") words = 100;
        if (words <= 4 && word == "TRIGGER") is_trigger = true;
        if (!is_trigger) return;
        if (word == "BEGIN" || word == "CASE") ++open;
        if (word == "END") --open;
    });
    return !is_trigger || open <= 0;
}

std::optional<std::string> statement_splitter::next() {
    while (scanned_ < text_.size()) {
        if (text_[scanned_] != ';' || !ends_statement(scanned_)) {
            const std::size_t to = text_[scanned_] == ';' ? scanned_ + 1 : behind(scanned_);
            if (to == npos) return std::nullopt;
            scanned_ = to;
            continue;
        }
        const std::string statement{trimmed(std::string_view{text_}.substr(0, scanned_))};
        text_.erase(0, scanned_ + 1);
        scanned_ = 0;
        if (skip_blanks(statement) < statement.size()) return statement;
    }
    return std::nullopt;
}

std::string statement_splitter::rest() {
    std::string left{trimmed(text_)};
    clear();
    return skip_blanks(left) < left.size() ? left : std::string{};
}

bool statement_splitter::is_inside() const { return skip_blanks(text_) < text_.size(); }

}  // namespace azoth::command
