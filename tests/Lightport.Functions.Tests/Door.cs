using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions.Tests;

/// <summary>One function as the Functions host would index it.</summary>
internal sealed record Door(string Name, HttpTriggerAttribute Trigger, MethodInfo Method)
{
    public static IReadOnlyList<Door> All { get; } =
    [
        .. from type in typeof(GatewayResult).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           let trigger = method.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()
           select new Door(function.Name, trigger!, method),
    ];

    public override string ToString() => Name;
}
