#include "schema_executor.hpp"

#include "contained_reflector.hpp"
#include "open_result.hpp"
#include "translating_reflector.hpp"

#include <azoth/sql/compiler.hpp>

#include <fmt/format.h>

namespace azoth::detail {

reflector& schema_executor::reflect() {
    if (!reflector_) {
        const dialect& of = *on_.engine->sql;
        auto made = contained(of, [&] { return of.make_reflector(*this); });
        if (!made)
            throw_error(errc::not_supported, fmt::format("the {} dialect cannot read a database's schema", on_.server->server.dialect));
        reflector_ = std::make_unique<contained_reflector>(std::move(made), of);
    }
    if (!on_.defaults.schemas.empty() && !translates_) {
        reflector_ = std::make_unique<translating_reflector>(std::move(reflector_), on_.defaults.schemas);
        translates_ = true;
    }
    return *reflector_;
}

std::int64_t schema_executor::run(const node& statement, row_sink* rows) {
    // Schema statements take no parameters anywhere, and each runs once: they are not kept.
    const name_map& schemas = on_.defaults.schemas;
    const compile_options how{
        .unchecked = on_.engine->options.unchecked, .inline_values = true, .schemas = schemas.empty() ? nullptr : &schemas};
    const compiled_statement compiled = compiler{rules_of(*on_.engine->sql), server_profile(), how}.run(statement);
    on_.refuse_writing(on_.defaults, compiled.writes, compiled.sql);
    return on_.run_sql(compiled.sql, {}, rows);
}

}  // namespace azoth::detail
