pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// How it works, drawn: the sum, a good deed, stars, points to spend, a concern, and whose it all is.
TileGrid {
    id: root

    component Rated: QtObject {
        required property string icon
        required property int stars
        required property string points
    }

    readonly property list<Rated> ratings: [
        Rated {
            icon: "leaf"
            stars: 5
            points: "+2"
        },
        Rated {
            icon: "recycle"
            stars: 4
            points: "+1"
        },
        Rated {
            icon: "scale"
            stars: 3
            points: "0"
        }
    ]

    component Summand: QtObject {
        required property string figure
        required property string icon
        required property string tone
        property string sign
    }

    readonly property list<Summand> summands: [
        Summand {
            figure: "50"
            icon: "user"
            tone: "plain"
        },
        Summand {
            figure: "15"
            icon: "heart-handshake"
            tone: "gold"
            sign: "+"
        },
        Summand {
            figure: "2"
            icon: "home-star"
            tone: "tea"
            sign: "+"
        },
        Summand {
            figure: "0"
            icon: "message-report"
            tone: "care"
            sign: "\u2212"
        },
        Summand {
            figure: "67"
            icon: ""
            tone: "sum"
            sign: "="
        }
    ]

    narrowest: 86

    Pictured {
        id: sum

        objectName: "rules.picture.sum"
        sentence: qsTrId("rules.sum")

        Row {
            anchors.centerIn: parent

            Repeater {
                // U+2212 is as wide as the plus sign.
                model: root.summands

                Row {
                    id: box

                    required property Summand modelData

                    Between {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: box.modelData.sign !== ""
                        unit: sum.unit
                        side: 3
                        sign: box.modelData.sign
                    }

                    Sign {
                        unit: sum.unit
                        side: box.modelData.icon === "" ? 16 : 13
                        anchors.verticalCenter: parent.verticalCenter
                        icon: box.modelData.icon
                        figure: box.modelData.figure
                        tone: box.modelData.tone
                    }
                }
            }
        }
    }

    Pictured {
        id: deed

        objectName: "rules.picture.deed"
        sentence: qsTrId("rules.deed")

        Row {
            anchors.centerIn: parent
            spacing: Math.round(1.5 * deed.unit)

            Sign {
                unit: deed.unit
                side: 20
                round: true
                tone: "gold"
                icon: "heart-handshake"
            }

            Between {
                anchors.verticalCenter: parent.verticalCenter
                unit: deed.unit
            }

            Sign {
                unit: deed.unit
                side: 20
                round: true
                icon: "users"
            }

            Between {
                anchors.verticalCenter: parent.verticalCenter
                unit: deed.unit
            }

            Sign {
                unit: deed.unit
                side: 20
                round: true
                icon: "clipboard-check"
            }
        }

        Sign {
            x: Math.round(67 * deed.unit)
            unit: deed.unit
            side: 13
            tone: "gold"
            figure: "+3"
        }
    }

    Pictured {
        id: stars

        objectName: "rules.picture.stars"
        sentence: qsTrId("rules.stars")

        AppIcon {
            x: Math.round(3 * stars.unit)
            anchors.verticalCenter: parent.verticalCenter
            name: "home"
            colour: Theme.colour.tea
            size: Math.round(28 * stars.unit)
        }

        Column {
            x: Math.round(34 * stars.unit)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Math.round(1.2 * stars.unit)

            Repeater {
                model: root.ratings

                Row {
                    id: rated

                    required property Rated modelData

                    spacing: Math.round(1.2 * stars.unit)

                    AppIcon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: rated.modelData.icon
                        colour: Theme.colour.tea
                        size: Math.round(5.5 * stars.unit)
                    }

                    StarRow {
                        anchors.verticalCenter: parent.verticalCenter
                        stars: rated.modelData.stars
                        spoken: ""
                        size: Math.round(4.8 * stars.unit)
                        Accessible.ignored: true
                    }

                    Sign {
                        unit: stars.unit
                        side: 9
                        tone: rated.modelData.points === "0" ? "plain" : "tea"
                        figure: rated.modelData.points
                    }
                }
            }
        }
    }

    Pictured {
        id: spend

        objectName: "rules.picture.spend"
        sentence: qsTrId("rules.spend")

        Row {
            anchors.verticalCenter: parent.verticalCenter
            spacing: Math.round(1.2 * spend.unit)

            Sign {
                anchors.verticalCenter: parent.verticalCenter
                unit: spend.unit
                side: 19
                tone: "gold"
                icon: "wallet"
                figure: "15"
            }

            Between {
                anchors.verticalCenter: parent.verticalCenter
                unit: spend.unit
            }

            Sign {
                anchors.verticalCenter: parent.verticalCenter
                unit: spend.unit
                side: 19
                tone: "gold"
                icon: "gift"
            }
        }

        Row {
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Math.round(0.8 * spend.unit)

            Sign {
                unit: spend.unit
                side: 13
                tone: "sum"
                figure: "67"
            }

            Between {
                anchors.verticalCenter: parent.verticalCenter
                unit: spend.unit
                side: 3
                sign: "="
            }

            Sign {
                unit: spend.unit
                side: 13
                tone: "sum"
                figure: "67"
            }
        }
    }

    Pictured {
        id: hear

        objectName: "rules.picture.hear"
        sentence: qsTrId("rules.hear")

        Row {
            anchors.centerIn: parent
            spacing: Math.round(1.5 * hear.unit)

            Sign {
                unit: hear.unit
                side: 20
                tone: "voice"
                icon: "message-2"
                figure: "7"
            }

            Between {
                anchors.verticalCenter: parent.verticalCenter
                unit: hear.unit
            }

            Sign {
                anchors.verticalCenter: parent.verticalCenter
                unit: hear.unit
                round: true
                icon: "users"
            }

            Between {
                anchors.verticalCenter: parent.verticalCenter
                unit: hear.unit
            }

            Sign {
                unit: hear.unit
                side: 20
                tone: "voice"
                icon: "scale"
                figure: "20"
            }
        }
    }

    Pictured {
        id: yours

        objectName: "rules.picture.yours"
        sentence: qsTrId("rules.yours")

        Row {
            anchors.centerIn: parent
            spacing: Math.round(3 * yours.unit)

            Sign {
                anchors.verticalCenter: parent.verticalCenter
                unit: yours.unit
                side: 22
                tone: "sum"
                icon: "lock"
                figure: "67"
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                spacing: Math.round(1.5 * yours.unit)

                Row {
                    spacing: Math.round(2 * yours.unit)

                    Sign {
                        unit: yours.unit
                        side: 14
                        round: true
                        icon: "user"
                    }

                    AppIcon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: "eye"
                        colour: Theme.colour.tea
                        size: Math.round(11 * yours.unit)
                    }
                }

                Row {
                    spacing: Math.round(2 * yours.unit)

                    Sign {
                        unit: yours.unit
                        side: 14
                        round: true
                        tone: "plain"
                        icon: "users-group"
                    }

                    AppIcon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: "eye-off"
                        colour: Theme.colour.inkSoft
                        size: Math.round(11 * yours.unit)
                    }
                }
            }
        }
    }
}
