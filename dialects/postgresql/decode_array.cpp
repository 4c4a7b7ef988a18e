#include "big_endian.hpp"
#include "decode.hpp"

#include <fmt/format.h>

#include <string>

namespace azoth::postgresql {
namespace {

using std::string_view;

[[noreturn]] void refuse_shape() {
    throw_error(errc::not_supported,
                "an array of several dimensions, or one that does not start at 1, has no form in Azoth: select it with CAST(... AS TEXT), "
                "or as to_json(...)");
}

void add(array_writer& to, const column_decoder& how, const cell& element) {
    if (how.element_type == oids::boolean) to.add_boolean(element);
    else to.add(element);
}

/// Takes apart {1,NULL,"a \"b\""}.
class literal_reader {
public:
    explicit literal_reader(string_view text) : rest_{text} {
        if (rest_.size() < 2 || rest_.front() != '{' || rest_.back() != '}') refuse_shape();  // "[0:1]={...}"
        rest_ = rest_.substr(1, rest_.size() - 2);
    }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    /// The next element; `quoted` tells NULL from "NULL".
    const std::string& next(bool& quoted) {
        element_.clear();
        quoted = rest_.front() == '"';
        if (rest_.front() == '{') refuse_shape();
        std::size_t i = quoted ? 1 : 0;
        const char end = quoted ? '"' : ',';
        for (; i < rest_.size() && rest_[i] != end; ++i) {
            if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
            element_ += rest_[i];
        }
        if (quoted) ++i;
        rest_.remove_prefix(std::min(i + 1, rest_.size()));  // the comma too
        return element_;
    }

private:
    string_view rest_;
    std::string element_{};
};

}  // namespace

void decode_text_array(string_view from, const column_decoder& how, arena& scratch, cell& to) {
    array_writer elements;
    literal_reader reader{from};
    const column_decoder element{how.element, nullptr, how.element_type, wire::text};
    while (!reader.at_end()) {
        bool quoted = false;
        const std::string& text = reader.next(quoted);
        cell c;
        if (quoted || text != "NULL") how.element(text, element, scratch, c);
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
        if (dimensions != 1 || from_big_endian<std::int32_t>(from.data() + header + 4) != 1) refuse_shape();
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
