#include "arguments.hpp"

#include <azoth/base/array_text.hpp>
#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace azoth::detail {
namespace {

const argument& argument_of(const bind_node& bind, std::span<const argument> args) {
    for (const auto& a : args)
        if (a.name == bind.name) return a;
    throw_error(
        errc::parameter,
        fmt::format("the statement needs a value for its parameter \"{0}\": give it, as in execute(statement, {{{{\"{0}\", value}}}})",
                    bind.name));
}

[[noreturn]] void throw_misfit(const bind_node& bind, const value& given, std::string_view remedy) {
    throw_error(errc::type_mismatch, fmt::format("the parameter \"{}\" was declared as {}, but is given {}: {}", bind.name,
                                                 to_string(bind.type), kind_name(given.kind()), remedy));
}

bool fits_integer(const cell& c, type_kind kind) {
    const auto within = [&]<class T>(T) {
        return c.tag == cell_tag::u64 ? c.u64 <= static_cast<std::uint64_t>(std::numeric_limits<T>::max()) : std::in_range<T>(c.i64);
    };
    switch (kind) {
        case type_kind::small_integer: return within(std::int16_t{});
        case type_kind::integer: return within(std::int32_t{});
        case type_kind::big_integer: return within(std::int64_t{});
        case type_kind::unsigned_small_integer: return within(std::uint16_t{});
        case type_kind::unsigned_integer: return within(std::uint32_t{});
        case type_kind::unsigned_big_integer: return within(std::uint64_t{});
        default: return true;
    }
}

/// A number may take the place of another only where nothing of it can get lost on the way.
void check_number(const bind_node& bind, const value& given) {
    const type_kind wanted = bind.type.kind;
    if (is_integer(given.kind())) {
        if (fits_integer(given.view(), wanted)) return;
        throw_error(errc::value_range, fmt::format("the value given for the parameter \"{}\" does not fit its declared type {}", bind.name,
                                                   to_string(bind.type)));
    }
    if (is_integer(wanted)) throw_misfit(bind, given, "its fraction would be lost; round it, or declare the parameter as it");
    const bool is_exact = given.kind() == type_kind::numeric;
    if ((wanted == type_kind::numeric) != is_exact)
        throw_misfit(bind, given, "decimals are exact, and these are not; convert one into the other where the program can say how");
}

void check_type(const bind_node& bind, const value& given) {
    if (given.is_null()) {
        if (!bind.nullable)
            throw_error(errc::null_value,
                        fmt::format("the parameter \"{}\" is given NULL, but was declared with a type that cannot be: declare it as "
                                    "param<std::optional<...>>, or ask is_null()",
                                    bind.name));
        return;
    }
    const type_kind wanted = bind.type.kind;
    if (given.kind() == wanted || given.kind() == type_kind::unknown || wanted == type_kind::unknown) return;
    if (family_of(given.kind()) != family_of(wanted)) throw_misfit(bind, given, "give a value of that type");
    if (family_of(wanted) == type_family::number) check_number(bind, given);
}

/// The list as one value, for a database's array.
cell as_array(const argument& from, arena& scratch) {
    array_writer out;
    for (const value& v : from.list) {
        if (v.kind() == type_kind::boolean && !v.is_null()) out.add_boolean(v.view());
        else out.add(v.view());
    }
    return out.finish(scratch);
}

std::string known_parameters(const std::vector<const bind_node*>& binds) {
    std::string names;
    for (const bind_node* b : binds)
        if (!b->name.empty()) names += (names.empty() ? "it has: " : ", ") + b->name;
    return names.empty() ? "it has none" : names;
}

}  // namespace

cell find_argument(const bind_node& bind, std::span<const argument> args, arena& scratch) {
    const argument& given = argument_of(bind, args);
    if (given.is_list) {
        const type& t = bind.type;
        if (t.kind != type_kind::array && t.kind != type_kind::unknown)
            throw_error(errc::type_mismatch, fmt::format("the parameter \"{}\" was declared as {}, but is given a list: declare it with "
                                                         "param_list<...>(\"{}\"), inside in()",
                                                         bind.name, to_string(t), bind.name));
        if (t.rare && t.rare->element)
            for (const value& v : given.list)
                if (!v.is_null() && family_of(v.kind()) != family_of(t.rare->element->kind)) throw_misfit(bind, v, "give an array of that");
        return as_array(given, scratch);
    }
    check_type(bind, given.content);
    return scratch.copy(given.content.view());
}

std::span<const value> find_list(const bind_node& bind, std::span<const argument> args) {
    const argument& given = argument_of(bind, args);
    if (!given.is_list)
        throw_error(errc::type_mismatch,
                    fmt::format("the parameter \"{}\" stands for a list, but is given one value: give a vector", bind.name));
    for (const value& v : given.list) check_type(bind, v);
    return given.list;
}

void refuse_strangers(const std::vector<const bind_node*>& binds, std::span<const argument> args) {
    for (const auto& a : args) {
        const auto is_it = [&](const bind_node* b) { return !a.name.empty() && b->name == a.name; };
        if (std::none_of(binds.begin(), binds.end(), is_it))
            throw_error(errc::parameter, fmt::format("the statement has no parameter \"{}\"; {}", a.name, known_parameters(binds)));
        if (std::any_of(args.data(), &a, [&](const argument& before) { return before.name == a.name; }))
            throw_error(errc::parameter, fmt::format("the parameter \"{}\" is given twice: give it one value", a.name));
    }
}

}  // namespace azoth::detail
