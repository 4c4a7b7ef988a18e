#include <azoth/base/error.hpp>
#include <azoth/sql/text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace azoth::detail {
namespace {

bool is_word_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return is_word_start(c) || (c >= '0' && c <= '9'); }

/// Cuts SQL at its binds. Quotes, comments and dollar quotes are stepped over, so that what looks like a bind in them stays as it is.
class text_parser {
public:
    explicit text_parser(std::string_view sql) : rest_{sql}, node_{make_node<text_node>()} {}

    node_handle<text_node> run() {
        while (!rest_.empty()) step();
        node_->pieces.push_back(std::move(piece_));
        return std::move(node_);
    }

private:
    void step() {
        const char c = rest_.front();
        if (c == '\'' || c == '"' || c == '`') return quoted(c);
        if (rest_.starts_with("--")) return take_to("\n");
        if (rest_.starts_with("/*")) return take_to("*/");
        if (c == '$') return dollar_quoted();
        if (rest_.starts_with("\\:")) {
            rest_.remove_prefix(1);
            return take(1);
        }
        if (rest_.starts_with("::")) return take(2);
        if (c == ':' && rest_.size() > 1 && is_word_start(rest_[1]) && !follows_word()) return bind();
        take(1);
    }
    void take(std::size_t n) {
        piece_ += rest_.substr(0, n);
        rest_.remove_prefix(std::min(n, rest_.size()));
    }
    void take_to(std::string_view end) {
        const auto at = rest_.find(end, 2);
        take(at == std::string_view::npos ? rest_.size() : at + end.size());
    }
    void quoted(char quote) {
        const auto end = rest_.find(quote, 1);
        if (end == std::string_view::npos)
            throw_error(errc::statement, fmt::format("text() has a quote {} without its end: {}", quote, rest_.substr(0, 40)));
        take(end + 1);  // a doubled quote starts the next quoted piece at once
    }
    /// $tag$ ... $tag$, PostgreSQL's; a lone $ or $1 is no quote.
    void dollar_quoted() {
        std::size_t end = 1;
        while (end < rest_.size() && is_word(rest_[end])) ++end;
        if (follows_word() || end >= rest_.size() || rest_[end] != '$' || (end > 1 && !is_word_start(rest_[1]))) return take(1);
        const std::string_view tag = rest_.substr(0, end + 1);
        const auto close = rest_.find(tag, tag.size());
        take(close == std::string_view::npos ? tag.size() : close + tag.size());
    }
    [[nodiscard]] bool follows_word() const { return !piece_.empty() && is_word(piece_.back()); }
    void bind() {
        std::size_t end = 1;
        while (end < rest_.size() && is_word(rest_[end])) ++end;
        const std::string name{rest_.substr(1, end - 1)};
        rest_.remove_prefix(end);
        node_->pieces.push_back(std::move(piece_));
        piece_.clear();
        node_ptr& known = binds_[name];
        if (!known) known = make_parameter(name, type{});
        node_->binds.push_back(known);
    }

    std::string_view rest_;
    node_handle<text_node> node_;
    std::string piece_{};
    std::map<std::string, node_ptr> binds_{};
};

}  // namespace

node_handle<text_node> parse_text(std::string_view sql) { return text_parser{sql}.run(); }

node_handle<text_node> verbatim_text(std::string_view sql) {
    auto text = make_node<text_node>();
    text->pieces.emplace_back(sql);
    return text;
}

namespace {

/// Puts the bind in the places of those of this name; where there is none, the error says which wait for a value.
void place_bind(node_handle<text_node>& n, std::string_view name, const node_ptr& bound) {
    if (n->is_shared()) n = make_node<text_node>(*n);
    else n->changed();
    bool found = false;
    for (auto& b : n->binds) {
        if (static_cast<const bind_node&>(*b).name != name) continue;
        b = bound;
        found = true;
    }
    if (found) return;
    std::vector<std::string_view> names;
    for (const auto& b : n->binds)
        if (const auto& own = static_cast<const bind_node&>(*b).name; !own.empty()) names.push_back(own);
    throw_error(errc::parameter,
                names.empty() ? fmt::format("text() has no bind :{} that waits for a value", name)
                              : fmt::format("text() has no bind :{}; those that wait for a value: {}", name, fmt::join(names, ", ")));
}

/// Whether the SQL ends in IN, or in IN and a parenthesis.
bool ends_in_in(std::string_view sql) {
    const auto trim = [&] { sql = sql.substr(0, sql.find_last_not_of(" \t\r\n") + 1); };
    trim();
    if (sql.ends_with('(')) sql.remove_suffix(1);
    trim();
    if (sql.size() < 2 || (sql.size() > 2 && is_word(sql[sql.size() - 3]))) return false;
    return (sql[sql.size() - 2] | 0x20) == 'i' && (sql.back() | 0x20) == 'n';
}

bool stands_behind_in(const text_node& n, std::string_view name) {
    for (std::size_t i = 0; i < n.binds.size(); ++i)
        if (static_cast<const bind_node&>(*n.binds[i]).name == name && ends_in_in(n.pieces[i])) return true;
    return false;
}

}  // namespace

void bind_text(node_handle<text_node>& n, std::string_view name, value v) {
    const type t = type_of_value(v.kind(), v.element_kind());
    place_bind(n, name, make_node<const bind_node>(std::move(v), t));
}

void bind_text_list(node_handle<text_node>& n, std::string_view name, std::vector<value> list, const type& element, value array) {
    if (!stands_behind_in(*n, name)) {
        if (array.is_null())
            throw_error(errc::parameter, fmt::format("text() takes a list behind IN, which :{} is not: write `IN :{}`", name, name));
        return bind_text(n, name, std::move(array));
    }
    auto bound = make_node<bind_node>(value{}, element);
    bound->list = std::move(list);
    bound->is_list = true;
    place_bind(n, name, bound);
}

void add_text_column(node_handle<text_node>& n, type t, bool strict) {
    if (n->is_shared()) n = make_node<text_node>(*n);
    else n->changed();
    n->columns.push_back({make_node<const cast_node>(node_ptr{make_literal(value{})}, std::move(t)), strict});
}

void name_text_columns(node_handle<text_node>& n, const std::vector<std::string>& names) {
    if (names.size() != n->columns.size())
        throw_error(errc::statement, fmt::format("{} names for {} columns: give one name a column", names.size(), n->columns.size()));
    for (std::size_t i = 0; i < names.size(); ++i) n->columns[i].expression = make_label(n->columns[i].expression, names[i]);
}

}  // namespace azoth::detail
