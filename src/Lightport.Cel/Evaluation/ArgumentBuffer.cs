using System.Runtime.CompilerServices;

namespace Lightport.Cel.Evaluation;

/// <summary>Room for a call's arguments on the stack.</summary>
[InlineArray(Length)]
internal struct ArgumentBuffer
{
    /// <summary>The language's own functions take no more.</summary>
    public const int Length = 4;

    private CelValue _first;
}
