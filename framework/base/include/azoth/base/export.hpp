#pragma once

// Marks what libazoth exports; everything else in it is hidden.
#define AZOTH_API __attribute__((visibility("default")))
