pragma ComponentBehavior: Bound

import kiosk.ui.parts

// Which neighbour? A field, and the people who are found below it.
FindPerson {
    id: root

    prefix: "report."
    label: qsTrId("report_screen.search")
    begin: qsTrId("report_screen.search_begin")
    beginDetail: qsTrId("report_screen.search_begin_detail")
    nobody: qsTrId("report_screen.nobody")
    nobodyDetail: qsTrId("report_screen.nobody_detail")
}
