namespace Lightport.Dialects.Json;

/// <summary>
/// Goes through the elements of one array, or the fields of one object, and cuts out some of them with the commas that
/// would then join nothing. Positions are bytes of the text that <paramref name="cuts"/> is of.
/// </summary>
internal struct JsonListCutter(JsonCuts cuts)
{
    private const int None = -1;

    private int _keptEnd = None;
    private int _cutStart = None;

    /// <summary>This element stays.</summary>
    public void Keep(int start, int end)
    {
        if (_cutStart != None)
        {
            cuts.Add(_cutStart, start);
            _cutStart = None;
        }

        _keptEnd = end;
    }

    /// <summary>This element goes: with the comma before it, or as first of the list with the one behind it.</summary>
    public void Cut(int start, int end)
    {
        if (_keptEnd != None)
        {
            cuts.Add(_keptEnd, end);
            _keptEnd = end;
        }
        else if (_cutStart == None)
        {
            _cutStart = start;
        }
    }

    /// <summary>The list ends here, at its closing brace or bracket.</summary>
    public void Close(int end)
    {
        if (_cutStart != None)
        {
            cuts.Add(_cutStart, end);
            _cutStart = None;
        }
    }
}
