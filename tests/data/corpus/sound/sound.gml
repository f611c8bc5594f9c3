<?xml version="1.0" encoding="utf-8" ?>
<ogr:FeatureCollection
     gml:id="aFeatureCollection"
     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     xsi:schemaLocation="http://ogr.maptools.org/ a.xsd"
     xmlns:ogr="http://ogr.maptools.org/"
     xmlns:gml="http://www.opengis.net/gml/3.2">
  <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::27700"><gml:lowerCorner>558289.21382696 174706.400471269</gml:lowerCorner><gml:upperCorner>558346.723463427 174814.440797035</gml:upperCorner></gml:Envelope></gml:boundedBy>
                                                                                                                  
  <ogr:featureMember>
    <ogr:a gml:id="a.0">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::27700"><gml:lowerCorner>558289.21382696 174706.400471269</gml:lowerCorner><gml:upperCorner>558346.723463427 174814.440797035</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:Polygon srsName="urn:ogc:def:crs:EPSG::27700" gml:id="a.geom.0"><gml:exterior><gml:LinearRing><gml:posList>558334.521640376 174814.440797035 558290.95322397 174810.961385668 558289.21382696 174788.301557334 558290.084690897 174763.911966865 558294.444861543 174737.772080687 558303.154924874 174715.981382361 558320.585146002 174709.011422588 558338.884128968 174706.400471269 558344.104065762 174723.830435523 558346.723463427 174748.220602673 558345.852131065 174774.360988101 558342.362299045 174798.760407624 558334.521640376 174814.440797035</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ogr:geometryProperty>
      <ogr:ref>mill-lane</ogr:ref>
      <ogr:name>Mill Lane</ogr:name>
    </ogr:a>
  </ogr:featureMember>
</ogr:FeatureCollection>
