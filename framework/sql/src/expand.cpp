#include <azoth/base/error.hpp>
#include <azoth/sql/expand.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

class expander {
public:
    expander(placeholders style, std::size_t max_parameters, std::span<const given_list> given)
        : style_{style}, max_{max_parameters}, given_{given} {}

    void list(const parameter_slot& slot, const bind_node& bind, std::string& sql, std::vector<expanded_parameter>& out) {
        const auto elements = elements_of(bind);
        if (elements.empty()) {
            sql += slot.negated ? "NULL) OR (1 = 1" : "NULL) AND (1 <> 1";
            return;
        }
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (i != 0) sql += ", ";
            placeholder(sql, out);
            out.push_back({&elements[i], &bind, &slot});
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

std::string expand(const compiled_statement& from, std::span<const bind_node* const> binds, placeholders style, std::size_t max_parameters,
                   std::vector<expanded_parameter>& parameters, std::span<const given_list> given) {
    expander expand{style, max_parameters, given};
    std::string sql = from.pieces.front();
    for (std::size_t i = 0; i < from.parameters.size(); ++i) {
        const parameter_slot& slot = from.parameters[i];
        const bind_node& bind = *binds[slot.bind];
        if (slot.is_list) {
            expand.list(slot, bind, sql, parameters);
        } else {
            expand.placeholder(sql, parameters);
            parameters.push_back({&bind.content, &bind, &slot});
        }
        sql += from.pieces[i + 1];
    }
    return sql;
}

}  // namespace azoth
