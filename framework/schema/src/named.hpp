#pragma once

#include <azoth/schema/definition.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace azoth::detail {

/// The view, sequence or enumeration of the name; null where there is none.
template <class T>
const T* find_named(const std::vector<T>& in, const object_name& name) {
    const auto found = std::ranges::find(in, name, &T::name);
    return found == in.end() ? nullptr : &*found;
}
inline table_ptr find_named(const std::vector<table_ptr>& in, const object_name& name) {
    const auto found = std::ranges::find_if(in, [&](const table_ptr& t) { return t->name() == name; });
    return found == in.end() ? nullptr : *found;
}

/// The name, with as many underscores behind it as make it one that nothing has yet.
template <class IsTaken>
std::string unused_name(std::string wanted, IsTaken is_taken) {
    while (is_taken(wanted)) wanted += '_';
    return wanted;
}

}  // namespace azoth::detail
