#include <azoth/engine/printing.hpp>

#include "containment.hpp"
#include "pretty.hpp"

#include <azoth/plugin/registry.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/expand.hpp>

namespace azoth::detail {
namespace {

/// A dialect and its newest server: what compiles without a connection.
struct printer {
    explicit printer(std::string_view name) : sql{dialect_registry::instance().find(name)} {
        contained(*sql, [&] { sql->default_profile(server); });
    }

    compiled_statement run(const node& statement, const print_options& options, bool inline_values) const {
        const compile_options how{.inline_values = inline_values, .schemas = options.schemas.empty() ? nullptr : &options.schemas};
        return compiler{rules_of(*sql), server, how}.run(statement);
    }

    std::shared_ptr<const dialect> sql;
    profile server{};
};

std::string laid_out(std::string sql, const print_options& options) {
    if (options.pretty) return with_line_breaks(sql);
    return sql;
}

}  // namespace

std::string print(const node& statement, std::string_view dialect, const print_options& options) {
    compiled_statement compiled = printer{dialect}.run(statement, options, true);
    return laid_out(std::move(compiled.sql), options);
}

compiled_query compile(const node_ptr& statement, std::string_view dialect, const print_options& options) {
    const printer with{dialect};
    const compiled_statement compiled = with.run(*statement, options, false);
    std::vector<const bind_node*> binds;
    collect_binds(*statement, binds);
    const value unknown;
    std::vector<given_list> given;
    for (const bind_node* b : binds)
        if (b->is_list && !b->name.empty()) given.push_back({b, {&unknown, 1}});
    std::vector<expanded_parameter> expanded;
    compiled_query query;
    query.sql = contained(
        *with.sql, [&] { return expand(compiled, binds, with.sql->rules().placeholder, with.server.can.max_parameters, expanded, given); });
    query.sql = laid_out(std::move(query.sql), options);
    for (const auto& p : expanded) {
        if (p.slot->maker) query.parameters.push_back({{}, p.slot->maker->make(), p.slot->type});
        else query.parameters.push_back({p.bind->name, *p.content, p.bind->type});
    }
    for (const auto& c : compiled.columns) query.columns.push_back(c.name);
    return query;
}

}  // namespace azoth::detail
