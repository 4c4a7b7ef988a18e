// CREATE INDEX and CREATE VIEW, and the tables that a view's query reads.
#include "create_text.hpp"

#include "sql_text.hpp"

#include <algorithm>
#include <array>

namespace azoth::sqlite {
namespace {

/// Whether COLLATE behind this is the whole expression's: it binds tighter than any operator.
bool is_one_operand(std::string_view sql) {
    token_reader in{sql};
    const bool may_be_call = in.at_name();
    in.skip();
    if (may_be_call && in.at_sign('(')) in.skip();
    return in.at_end();
}

/// expression [COLLATE name] [ASC | DESC] [NULLS FIRST | LAST], up to a comma or the end.
std::string read_index_element(token_reader& in) {
    const std::size_t from = in.position();
    std::size_t end = from;
    bool is_done = false;
    while (!in.at_end() && !in.at_sign(',') && !in.at_sign(')')) {
        is_done = is_done || in.at("ASC") || in.at("DESC") || in.at("NULLS");
        const bool is_collated = in.at("COLLATE") && is_one_operand(in.slice(from, in.position()));
        in.skip();
        if (is_collated) in.skip();
        else if (!is_done) end = in.position();
    }
    return std::string{without_parentheses(in.slice(from, end))};
}

/// Follows a query's words: what stands where a table's name may stand.
class source_finder {
public:
    explicit source_finder(std::string_view query) : in_{query} {}

    std::vector<std::string> find() {
        while (!in_.at_end()) {
            if (in_.at_sign('(')) enter();
            else if (in_.at_sign(')')) leave();
            else if (expects_ && in_.at_name() && !in_.at("SELECT") && !in_.at("VALUES")) take_source();
            else read_word();
        }
        return std::move(found_);
    }

private:
    void enter() {
        in_.take_sign('(');
        around_.push_back(is_in_from_);  // FROM (a JOIN b), FROM (SELECT ...)
        is_in_from_ = expects_;
    }
    void leave() {
        in_.take_sign(')');
        if (!around_.empty()) {
            is_in_from_ = around_.back();
            around_.pop_back();
        }
        expects_ = false;
    }
    void take_source() {
        std::string name = in_.take_name();
        if (in_.take_sign('.')) name = in_.take_name();
        expects_ = false;
        if (!name.empty() && std::ranges::find(found_, name) == found_.end()) found_.push_back(std::move(name));
    }
    void read_word() {
        static constexpr std::array<std::string_view, 10> ends{"SELECT", "WHERE", "GROUP",     "HAVING", "ORDER",
                                                               "WINDOW", "UNION", "INTERSECT", "EXCEPT", "LIMIT"};
        if (in_.at("FROM")) is_in_from_ = expects_ = true;
        else if (in_.at("JOIN")) expects_ = true;
        else if (in_.at("IN")) expects_ = !in_.at_sign('(', 1);
        else if (in_.at_sign(',')) expects_ = is_in_from_;
        else if (std::ranges::any_of(ends, [&](std::string_view w) { return in_.at(w); })) is_in_from_ = expects_ = false;
        else expects_ = false;
        in_.skip();
    }

    token_reader in_;
    std::vector<bool> around_{};
    bool is_in_from_{};
    bool expects_{};
    std::vector<std::string> found_{};
};

}  // namespace

index_text parse_create_index(std::string_view sql) {
    index_text out;
    token_reader in{sql};
    if (!take_create(in, "INDEX") || !in.take("ON")) return out;
    (void)in.take_name();
    if (!in.take_sign('(')) return out;
    do out.elements.push_back(read_index_element(in));
    while (in.take_sign(','));
    out.understood = in.take_sign(')');
    if (in.take("WHERE")) out.where = in.rest();
    return out;
}

view_text parse_create_view(std::string_view sql) {
    view_text out;
    token_reader in{sql};
    if (!take_create(in, "VIEW")) return out;
    if (in.take_sign('(')) {
        do out.columns.push_back(in.take_name());
        while (in.take_sign(','));
        in.take_sign(')');
    }
    out.understood = in.take("AS");
    out.query = in.rest();
    return out;
}

std::vector<std::string> sources_in(std::string_view query) { return source_finder{query}.find(); }

}  // namespace azoth::sqlite
