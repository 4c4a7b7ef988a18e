#include <azoth/base/error.hpp>
#include <azoth/base/value.hpp>

#include <fmt/format.h>

namespace azoth {
namespace {

[[noreturn]] void refuse(const cell& from, cell_tag to) {
    throw_error(errc::type_mismatch,
                fmt::format("{} is a value of type {}, which has no form as {}", describe(from), tag_name(from.tag), tag_name(to)));
}

template <class T>
T read(const cell& from) {
    T value{};
    value_traits<T>::from_cell(from, value);
    return value;
}

template <class T>
cell rewritten(const cell& from, arena& scratch) {
    return value_traits<T>::to_cell(read<T>(from), scratch);
}

cell as_text(const cell& from, arena& scratch) {
    switch (from.tag) {
        case cell_tag::bytes:
        case cell_tag::interval: refuse(from, cell_tag::text);
        case cell_tag::decimal:
        case cell_tag::json:
        case cell_tag::array: return cell::text(from.chars_view());
        // Through the readers, so that what lies outside the calendar is an error here.
        case cell_tag::date: return cell::text(scratch.copy(to_string(read<date>(from))));
        case cell_tag::time: return cell::text(scratch.copy(to_string(read<time_of_day>(from))));
        case cell_tag::timestamp: return cell::text(scratch.copy(to_string(read<local_timestamp>(from))));
        case cell_tag::instant: return cell::text(scratch.copy(to_string(read<timestamp>(from))));
        default: return cell::text(scratch.copy(display(from)));
    }
}

cell as_integer(const cell& from) {
    if (from.tag == cell_tag::interval) return cell::integer(read<std::chrono::microseconds>(from).count());
    return cell::integer(read<std::int64_t>(from));
}

cell as_real(const cell& from) {
    const double d = read<double>(from);
    if (from.tag == cell_tag::decimal && decimal::from_double(d) != read<decimal>(from))
        throw_error(errc::value_range, fmt::format("{} has more digits than a double can hold", describe(from)));
    return cell::real(d);
}

cell as_bytes(const cell& from, arena& scratch) {
    if (from.tag != cell_tag::uuid) refuse(from, cell_tag::bytes);
    const auto copied = scratch.copy({reinterpret_cast<const char*>(from.raw), sizeof from.raw});
    return {cell_tag::bytes, copied};
}

}  // namespace

cell convert(const cell& from, cell_tag to, arena& scratch) {
    if (from.tag == to || from.is_null()) return from;
    switch (to) {
        case cell_tag::null: return from;  // "as it comes"
        case cell_tag::i64: return as_integer(from);
        case cell_tag::u64: return rewritten<std::uint64_t>(from, scratch);
        case cell_tag::f64: return as_real(from);
        case cell_tag::text: return as_text(from, scratch);
        case cell_tag::bytes: return as_bytes(from, scratch);
        case cell_tag::decimal:
            if (from.tag == cell_tag::f64) return detail::write_decimal(decimal::from_double(from.f64), scratch);  // every digit of it
            return rewritten<decimal>(from, scratch);
        case cell_tag::date: return rewritten<date>(from, scratch);
        case cell_tag::time: return rewritten<time_of_day>(from, scratch);
        case cell_tag::timestamp: return rewritten<local_timestamp>(from, scratch);
        case cell_tag::instant:
            if (from.tag == cell_tag::timestamp) refuse(from, to);  // reading takes it for UTC, where a database has no type for instants
            return rewritten<timestamp>(from, scratch);
        case cell_tag::interval: return rewritten<std::chrono::microseconds>(from, scratch);
        case cell_tag::uuid: return rewritten<uuid>(from, scratch);
        case cell_tag::json:
            if (from.tag == cell_tag::text || from.tag == cell_tag::array) return cell::json(from.chars_view());
            refuse(from, to);
        case cell_tag::array:
            if (from.tag == cell_tag::text || from.tag == cell_tag::json) return {cell_tag::array, from.chars_view()};
            refuse(from, to);
    }
    refuse(from, to);
}

}  // namespace azoth
