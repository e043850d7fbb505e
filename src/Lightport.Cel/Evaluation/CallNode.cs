namespace Lightport.Cel.Evaluation;

/// <summary>A function's call.</summary>
/// <param name="overloads">Of as many parameters as there are arguments.</param>
/// <param name="arguments">The receiver first.</param>
internal sealed class CallNode(string function, CelOverload[] overloads, Node[] arguments) : Node
{
    private readonly Node[] _arguments = arguments;

    public override IReadOnlyList<Node> Children => _arguments;

    public override bool IsPure { get; } = Array.TrueForAll(overloads, overload => overload.IsPure);

    public override CelValue Evaluate(ref Frame frame)
    {
        ArgumentBuffer buffer = default;
        Span<CelValue> values = _arguments.Length <= ArgumentBuffer.Length
            ? ((Span<CelValue>)buffer)[.._arguments.Length] : new CelValue[_arguments.Length];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = _arguments[index].Evaluate(ref frame);
            if (values[index].IsError)
            {
                return values[index];
            }
        }

        return Dispatch.Call(function, overloads, values, frame.Meter);
    }
}
