#include <azoth/base/error.hpp>
#include <azoth/sql/expand.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

class expander {
public:
    expander(placeholders style, std::size_t max_parameters, std::span<const given_list> given)
        : style_{style}, max_{max_parameters}, given_{given} {}

    /// One list, or the lists of an IN over tuples: row by row.
    void lists(std::span<const parameter_slot> slots, std::span<const bind_node* const> binds, std::string& sql,
               std::vector<expanded_parameter>& out) {
        const std::size_t rows = elements_of(*binds[slots.front().bind]).size();
        if (rows == 0) sql += slots.front().empty.empty() ? nothing(slots) : slots.front().empty;
        for (std::size_t row = 0; row < rows; ++row) {
            if (row != 0) sql += ", ";
            if (slots.size() > 1) sql += '(';
            for (const parameter_slot& slot : slots) {
                const bind_node& bind = *binds[slot.bind];
                if (&slot != &slots.front()) sql += ", ";
                placeholder(sql, out);
                if (row == 0) sql += slot.cast;
                out.push_back({&elements_of(bind)[row], &bind, &slot});
            }
            if (slots.size() > 1) sql += ')';
        }
    }
    void placeholder(std::string& sql, const std::vector<expanded_parameter>& out) {
        if (out.size() >= max_)
            throw_error(errc::parameter,
                        fmt::format("the statement needs more than the {} parameters that the database takes: shorten its IN list, or "
                                    "insert the values into a temporary table and join it",
                                    max_));
        if (style_ == placeholders::question_mark) sql += '?';
        else sql += fmt::format("${}", out.size() + 1);
    }

private:
    static std::string nothing(std::span<const parameter_slot> slots) {
        std::vector<std::string> casts;
        for (const auto& slot : slots) casts.push_back(slot.cast);
        return empty_list(casts, slots.front().negated);
    }
    [[nodiscard]] std::span<const value> elements_of(const bind_node& bind) const {
        for (const given_list& g : given_)
            if (g.bind == &bind) return g.elements;
        return bind.list;
    }

    placeholders style_;
    std::size_t max_;
    std::span<const given_list> given_;
};

}  // namespace

std::string empty_list(const std::vector<std::string>& casts, bool negated) {
    std::string nulls;
    for (const auto& cast : casts) nulls += (nulls.empty() ? "NULL" : ", NULL") + cast;
    if (casts.size() > 1) nulls = "(" + nulls + ")";
    return nulls + (negated ? ") OR (1 = 1" : ") AND (1 <> 1");
}

std::string expand(const compiled_statement& from, std::span<const bind_node* const> binds, placeholders style, std::size_t max_parameters,
                   std::vector<expanded_parameter>& parameters, std::span<const given_list> given) {
    expander expand{style, max_parameters, given};
    std::string sql = from.pieces.front();
    for (std::size_t i = 0; i < from.parameters.size(); ++i) {
        const parameter_slot& slot = from.parameters[i];
        if (slot.maker) {
            expand.placeholder(sql, parameters);
            parameters.push_back({nullptr, nullptr, &slot});
        } else if (const bind_node& bind = *binds[slot.bind]; slot.is_list) {
            expand.lists(std::span{from.parameters}.subspan(i, slot.width), binds, sql, parameters);
            i += slot.width - 1;
        } else {
            expand.placeholder(sql, parameters);
            parameters.push_back({&bind.content, &bind, &slot});
        }
        sql += from.pieces[i + 1];
    }
    return sql;
}

}  // namespace azoth
