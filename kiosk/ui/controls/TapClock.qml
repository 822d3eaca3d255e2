pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// When a tap counts, for every control of the window: nobody can have read what has just appeared
// (EN 301 549 5.8, design section 7).
QtObject {
    id: root

    // Milliseconds in which what has just appeared, or moved, takes no tap.
    readonly property int rest: 600
    // Milliseconds that a test lets pass without waiting for them; and the moment at which its clock
    // stands, 0 when it runs.
    property real passed: 0
    property real stopped: 0
    // When something new to read last appeared; and when that was a page, a step of it, a dialog.
    property real since: 0
    property real turned: 0
    // Where in the window the last tap that counted was, and when; nowhere when it was a key.
    property point spot: nowhere
    property real spotAt: 0
    readonly property point nowhere: Qt.point(-1, -1)

    // A tap is about to count: what is being written is kept before it.
    signal tapping
    // A consequential button lies where the page before had the one that was tapped.
    signal crowded(button: Item)

    function now(): real {
        return (stopped || Date.now()) + passed;
    }
    // A page, a step of it, or a dialog is to be read.
    function arrived() {
        since = now();
        turned = since;
    }
    // The page that stands there has an answer to be read.
    function answered() {
        since = now();
    }
    // Whether so many milliseconds are over since `moment`; yes, when the clock was put back.
    function over(moment: real, milliseconds: int): bool {
        const gone = now() - moment;
        return gone < 0 || gone >= milliseconds;
    }
    // Whether what appeared at `moment` takes taps by now.
    function ready(moment: real): bool {
        return over(Math.max(moment, since), rest);
    }
    function tapped(place: point) {
        tapping();
        InputMethod.commit();
        spot = place;
        spotAt = now();
    }
}
