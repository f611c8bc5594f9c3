"""An edit in QGIS: FILE LAYER REFERENCE FIELD VALUE; run by the system's Python."""

import json
import sys

from qgis.core import QgsApplication, QgsVectorLayer  # type: ignore[import-not-found]  # likewise

application = QgsApplication([], False)  # noqa: FBT003 (the signature is Qt's)
application.initQgis()
file, layer, reference, field, value = sys.argv[1:]
opened = QgsVectorLayer(f"{file}|layername={layer}", layer, "ogr")
changed = 0
opened.startEditing()
for feature in opened.getFeatures():
    if feature["reference"] == reference:
        opened.changeAttributeValue(feature.id(), opened.fields().indexOf(field), value)
        changed += 1
saved = opened.commitChanges()
del opened
print(json.dumps({"changed": changed if saved else 0}))  # noqa: T201 (the answer)
