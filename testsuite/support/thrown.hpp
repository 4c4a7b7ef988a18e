#pragma once

#include <catch2/catch.hpp>

#include <exception>
#include <stdexcept>

namespace support {

/// What `work` throws; the test fails where that is nothing or something else.
template <class E, class F>
E thrown(F&& work) {
    try {
        work();
    } catch (const E& e) {
        return e;
    } catch (const std::exception& e) {
        FAIL("another exception: " << e.what());
    }
    FAIL("nothing was thrown");
    throw std::logic_error{"not reached"};
}

}  // namespace support
