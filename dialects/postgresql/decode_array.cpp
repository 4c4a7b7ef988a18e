#include "big_endian.hpp"
#include "decode.hpp"

#include <string_view>

namespace azoth::postgresql {
namespace {

using std::string_view;

void add(array_writer& to, const column_decoder& how, const cell& element) {
    if (how.element_type == oids::boolean) to.add_boolean(element);
    else to.add(element);
}

}  // namespace

void decode_text_array(string_view from, const column_decoder& how, arena& scratch, cell& to) {
    array_writer elements;
    array_literal_reader reader{from};
    const column_decoder element{how.element, nullptr, how.element_type, wire::text};
    while (!reader.at_end()) {
        const cell text = reader.next();
        cell c;
        if (!text.is_null()) how.element(text.chars_view(), element, scratch, c);
        add(elements, how, c);
    }
    to = elements.finish(scratch);
}

void decode_binary_array(string_view from, const column_decoder& how, arena& scratch, cell& to) {
    constexpr std::size_t header = 12;    // dimensions, flags, the elements' type
    constexpr std::size_t dimension = 8;  // how many elements, and where they start
    array_writer elements;
    const auto broken = [] { throw_error(errc::internal, "the server sent an array in a form that the driver does not know"); };
    if (from.size() < header) broken();
    const auto dimensions = from_big_endian<std::int32_t>(from.data());
    if (dimensions != 0) {
        if (from.size() < header + dimension) broken();
        const auto count = from_big_endian<std::int32_t>(from.data() + header);
        if (dimensions != 1 || from_big_endian<std::int32_t>(from.data() + header + 4) != 1) azoth::detail::refuse_array_shape();
        string_view rest = from.substr(header + dimension);
        const column_decoder element{how.element, nullptr, how.element_type, wire::binary};
        for (std::int32_t i = 0; i < count; ++i) {
            if (rest.size() < 4) broken();
            const auto size = from_big_endian<std::int32_t>(rest.data());
            rest.remove_prefix(4);
            cell c;
            if (size >= 0) {
                if (rest.size() < static_cast<std::size_t>(size)) broken();
                how.element(rest.substr(0, static_cast<std::size_t>(size)), element, scratch, c);
                rest.remove_prefix(static_cast<std::size_t>(size));
            }
            add(elements, how, c);
        }
    }
    to = elements.finish(scratch);
}

}  // namespace azoth::postgresql
