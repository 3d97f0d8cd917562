<?xml version="1.0" encoding="utf-8" ?>
<ogr:FeatureCollection
     gml:id="aFeatureCollection"
     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     xsi:schemaLocation="http://ogr.maptools.org/ g.xsd"
     xmlns:ogr="http://ogr.maptools.org/"
     xmlns:gml="http://www.opengis.net/gml/3.2">
  <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326"><gml:lowerCorner>52 -2</gml:lowerCorner><gml:upperCorner>52.1 -1.8</gml:upperCorner></gml:Envelope></gml:boundedBy>
                                                                                                                                                                      
  <ogr:featureMember>
    <ogr:g gml:id="g.0">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326"><gml:lowerCorner>52 -2</gml:lowerCorner><gml:upperCorner>52.1 -1.9</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326" gml:id="g.geom.0"><gml:exterior><gml:LinearRing><gml:posList>52.0 -1.9 52.1 -1.9 52.1 -2 52 -2 52.0 -1.9</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ogr:geometryProperty>
      <ogr:FID>1</ogr:FID>
      <ogr:LAD23CD>E07000001</ogr:LAD23CD>
      <ogr:LAD23NM>Ashby</ogr:LAD23NM>
    </ogr:g>
  </ogr:featureMember>
  <ogr:featureMember>
    <ogr:g gml:id="g.1">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326"><gml:lowerCorner>52.0 -1.9</gml:lowerCorner><gml:upperCorner>52.1 -1.8</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326" gml:id="g.geom.1"><gml:exterior><gml:LinearRing><gml:posList>52.0 -1.8 52.1 -1.8 52.1 -1.9 52.0 -1.9 52.0 -1.8</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ogr:geometryProperty>
      <ogr:FID>2</ogr:FID>
      <ogr:LAD23CD>E07000002</ogr:LAD23CD>
      <ogr:LAD23NM>Brook</ogr:LAD23NM>
    </ogr:g>
  </ogr:featureMember>
</ogr:FeatureCollection>
