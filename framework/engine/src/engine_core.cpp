#include "engine_core.hpp"

#include "containment.hpp"

#include <random>

namespace azoth::detail {

engine_core::engine_core(azoth::url to, std::shared_ptr<const dialect> of, engine_options with)
    : target{std::move(to)}, sql{std::move(of)}, options{std::move(with)}, cache{options.statement_cache} {}

namespace {

/// Random, so that a statement which outlives one engine never takes another's SQL for its own.
std::uint64_t new_scope() {
    std::random_device random;
    return (std::uint64_t{random()} << 32 | random()) | 1;
}

}  // namespace

const known_profile& engine_core::intern(const profile& server) {
    const std::scoped_lock lock{mutex_};
    for (const auto& known : profiles_)
        if (known.schemas.empty() && known.server == server) return known;
    return profiles_.emplace_back(known_profile{server, new_scope(), {}});
}

const known_profile& engine_core::translated(const known_profile& plain, const name_map& schemas) {
    const std::scoped_lock lock{mutex_};
    const known_profile*& found = translated_[{plain.scope, schemas}];
    if (!found) found = &profiles_.emplace_back(known_profile{plain.server, new_scope(), schemas});
    return *found;
}

namespace {

constexpr std::size_t largest_kept_bind = 64 << 10;

const statement_base* as_statement(const node& n) {
    switch (n.kind().number) {
        case node_numbers::select: return &static_cast<const select_node&>(n);
        case node_numbers::compound: return &static_cast<const compound_node&>(n);
        case node_numbers::insert: return &static_cast<const insert_node&>(n);
        case node_numbers::update: return &static_cast<const update_node&>(n);
        case node_numbers::delete_: return &static_cast<const delete_node&>(n);
        case node_numbers::text: return &static_cast<const text_node&>(n);
        default: return nullptr;
    }
}

void remember(const statement_base& statement, std::uint64_t scope, const compilation& found) {
    if (statement.remembered()) return;
    auto memory = std::make_unique<remembered_compilation>();
    memory->scope = scope;
    memory->compiled = found.compiled;
    memory->binds = found.binds;
    statement.remember(std::move(memory));
}

}  // namespace

void engine_core::compile(const node_ptr& statement, const known_profile& server, compilation& out) {
    const statement_base* base = as_statement(*statement);
    if (base) {
        if (const auto* memory = base->remembered(); memory && memory->scope == server.scope) {
            if (out.compiled != memory->compiled) out.compiled = memory->compiled;  // a reference count costs more than the comparison
            out.binds.assign(memory->binds.begin(), memory->binds.end());
            return;
        }
        if (cache.find(*statement, server.scope, out)) return remember(*base, server.scope, out);
    }
    out.binds.clear();
    collect_binds(*statement, out.binds);
    const compile_options how{.unchecked = options.unchecked, .schemas = server.schemas.empty() ? nullptr : &server.schemas};
    out.compiled = std::make_shared<const compiled_statement>(compiler{rules_of(*sql), server.server, how}.run(*statement));
    if (!base) return;
    if (bound_bytes(out.binds) <= largest_kept_bind) cache.keep(statement, server.scope, out.compiled);
    remember(*base, server.scope, out);
}

}  // namespace azoth::detail
