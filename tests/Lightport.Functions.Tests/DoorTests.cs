using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Lightport.Functions.Tests;

public sealed class DoorTests
{
    private const string EndsIn = "regex(^.+";
    private const string NotAfter = "(?<!";

    public static TheoryData<string> Names => [.. GatewayEndpoints.All.Select(endpoint => endpoint.Name)];

    [Fact]
    public void Doors_AreThoseOfTheGateway_NoMoreNoFewer() =>
        Assert.Equal(
            GatewayEndpoints.All.Select(endpoint => endpoint.Name).Order(StringComparer.Ordinal),
            Door.All.Select(door => door.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Door_Method_IsItsEndpoints(string name)
    {
        string method = Endpoint(name).Method;

        Assert.Equal(method == "*" ? [] : [method], Find(name).Trigger.Methods, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Door_Route_IsItsEndpointsPath(string name) =>
        Assert.Equal(Endpoint(name).Path, "/" + Plain(Find(name).Trigger.Route!));

    [Theory]
    [MemberData(nameof(Names))]
    public void Door_Level_IsAnonymous(string name) =>
        Assert.Equal(AuthorizationLevel.Anonymous, Find(name).Trigger.AuthLevel);

    [Theory]
    [MemberData(nameof(Names))]
    public void Door_Opened_LeadsToItsEndpoint(string name)
    {
        Door door = Find(name);
        var gateway = (Gateway)RuntimeHelpers.GetUninitializedObject(typeof(Gateway));
        object doors = Activator.CreateInstance(door.Method.DeclaringType!, gateway)!;

        object? result = door.Method.Invoke(doors, [new DefaultHttpContext().Request, CancellationToken.None]);

        Assert.Same(Endpoint(name), Assert.IsType<GatewayResult>(result).Endpoint);
    }

    [Fact]
    public void CatchAll_ByName_SortsLast() =>
        Assert.Equal(
            GatewayEndpoints.Unknown.Name,
            Door.All.Select(door => door.Name).Order(StringComparer.OrdinalIgnoreCase).Last());

    private static GatewayEndpoint Endpoint(string name) => GatewayEndpoints.All.Single(e => e.Name == name);

    private static Door Find(string name) => Door.All.Single(door => door.Name == name);

    /// <summary>What must follow a name with slashes, which the host takes together with it.</summary>
    private static string Ending(RoutePatternParameterPart parameter) => string.Concat(
        from policy in parameter.ParameterPolicies
        let constraint = policy.Content ?? ""
        where constraint.StartsWith(EndsIn, StringComparison.Ordinal)
        let ending = constraint[EndsIn.Length..^"$)".Length]
        select ending.StartsWith(NotAfter, StringComparison.Ordinal)
            ? ending[(ending.IndexOf(')', StringComparison.Ordinal) + 1)..]
            : ending);

    /// <summary>Without what only Functions needs: constraints, stars, and the stand-in for the root.</summary>
    private static string Plain(string route) => string.Join('/', RoutePatternFactory.Parse(route).PathSegments
        .Select(segment => segment.Parts.Single())
        .Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { IsOptional: true } => "",
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}{Ending(parameter)}",
            _ => throw new ArgumentException($"The route {route} has a part that is neither text nor a parameter."),
        }));
}
