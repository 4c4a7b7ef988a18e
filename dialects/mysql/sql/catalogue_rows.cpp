#include "catalogue_rows.hpp"

#include <fmt/format.h>

namespace azoth::mysql {
namespace {

std::optional<std::string> cell_text(const cell& c) {
    switch (c.tag) {
        case cell_tag::null: return std::nullopt;
        case cell_tag::i64: return fmt::format("{}", c.i64);
        case cell_tag::u64: return fmt::format("{}", c.u64);
        default: break;
    }
    if (c.is_view()) return std::string{c.chars_view()};
    std::string text;
    detail::read_text(c, text);
    return text;
}

class row_keeper final : public row_sink {
public:
    void row(std::span<const cell> cells) override {
        catalogue_row& r = found.emplace_back();
        for (const cell& c : cells) r.push_back(cell_text(c));
    }
    std::vector<catalogue_row> found{};
};

}  // namespace

std::vector<catalogue_row> rows_of(executor& on, std::string_view sql, std::span<const cell> parameters) {
    row_keeper rows;
    on.run(sql, parameters, &rows);
    return std::move(rows.found);
}

const std::string& said(const std::optional<std::string>& text) {
    static const std::string nothing;
    return text ? *text : nothing;
}

std::string quoted_name(std::string_view name) {
    std::string quoted{'`'};
    for (const char c : name) quoted.append(c == '`' ? 2 : 1, c);
    return quoted + '`';
}

std::string quoted_name(std::string_view schema, std::string_view name) {
    return schema.empty() ? quoted_name(name) : quoted_name(schema) + '.' + quoted_name(name);
}

std::string question_marks(std::size_t count) {
    std::string marks;
    for (std::size_t i = 0; i < count; ++i) marks += i == 0 ? "?" : ", ?";
    return marks;
}

}  // namespace azoth::mysql
